/** A metric as filters and alarms name it alike, as a key. */
export const metricKey = ({ namespace, name }: { namespace: string; name: string }): string =>
  JSON.stringify([namespace, name]);
