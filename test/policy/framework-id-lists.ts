import {
  HIPAA,
  HIPAA_DOCUMENTATION,
  HIPAA_TECHNICAL,
  PCI_OTHERS,
  PCI_REQUIREMENT_10,
} from "./framework-ids.ts";

/** The ids that a framework has, as far as they are about logs: a control with another id is a mistake. */
export const FRAMEWORK_IDS: Record<string, readonly string[]> = {
  "pci-dss-4.0.1": [...PCI_REQUIREMENT_10, ...PCI_OTHERS],
  "hipaa-security-rule": [...HIPAA, ...HIPAA_TECHNICAL, ...HIPAA_DOCUMENTATION],
};
