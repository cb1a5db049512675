/**
 * One stream for two readers that take turns: what one has read the other gets later. As much is kept
 * as one of them is ahead.
 */
export function twice<T>(source: AsyncIterable<T>): [AsyncIterable<T>, AsyncIterable<T>] {
  const iterator = source[Symbol.asyncIterator]();
  const queues: [T[], T[]] = [[], []];
  async function* branch(own: T[], other: T[]): AsyncGenerator<T> {
    for (;;) {
      const [next] = own.splice(0, 1);
      if (next !== undefined) {
        yield next;
        continue;
      }
      const read = await iterator.next();
      if (read.done === true) return;
      other.push(read.value);
      yield read.value;
    }
  }
  return [branch(queues[0], queues[1]), branch(queues[1], queues[0])];
}
