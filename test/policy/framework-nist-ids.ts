/** The audit and accountability family in FedRAMP's baselines, as FedRAMP's profiles of them have it. */
const LOW = ["AU-1", "AU-2", "AU-3", "AU-4", "AU-5", "AU-6", "AU-8", "AU-9", "AU-11", "AU-12"];
const MODERATE = [...LOW, "AU-3(1)", "AU-6(1)", "AU-6(3)", "AU-7", "AU-7(1)", "AU-9(4)"];
export const FEDRAMP_AUDIT = {
  "fedramp-low-r4": LOW,
  "fedramp-low-r5": LOW,
  "fedramp-moderate-r4": [...MODERATE, "AU-2(3)", "AU-8(1)", "AU-9(2)"],
  "fedramp-moderate-r5": MODERATE,
};

/** Controls of other families that a baseline does not hold, though another one does. */
export const NOT_IN_BASELINE = {
  "fedramp-low-r4": ["AC-6", "AC-6(9)", "CM-3", "CM-5", "SC-8", "SC-28", "SI-7"],
  "fedramp-low-r5": ["AC-6", "AC-6(9)", "CM-3", "SI-7"],
  "fedramp-moderate-r4": ["AU-9(3)", "AU-10", "AU-12(1)", "AU-12(3)", "SC-45"],
  "fedramp-moderate-r5": ["AU-9(2)", "AU-9(3)", "AU-10", "AU-12(1)", "AU-12(3)", "SC-12(2)"],
};

/** All base controls of the audit and accountability family of NIST SP 800-53 revision 5. */
export const AUDIT_FAMILY = Array.from({ length: 16 }, (_, index) => `AU-${index + 1}`);

/** The audit and accountability requirements of NIST SP 800-171 revision 2. */
export const AUDIT_171 = Array.from({ length: 9 }, (_, index) => `3.3.${index + 1}`);

/** Where each version of the CIS benchmark has its items, trail first, then alarms; null: none. */
export const CIS_NUMBERS: Record<string, [string, string, string, string | null, number]> = {
  "cis-aws-1.2": ["2.1", "2.6", "2.7", null, 14],
  "cis-aws-1.4": ["3.1", "3.6", "3.7", "3.10", 15],
  "cis-aws-1.5": ["3.1", "3.6", "3.7", "3.10", 15],
  "cis-aws-2.0": ["3.1", "3.6", "3.7", "3.10", 15],
  "cis-aws-3.0": ["3.1", "3.4", "3.5", "3.8", 15],
  "cis-aws-4.0.1": ["3.1", "3.4", "3.5", "3.8", 15],
  "cis-aws-5.0": ["3.1", "3.4", "3.5", "3.8", 15],
  "cis-aws-6.0": ["4.1", "4.4", "4.5", "4.8", 15],
  "cis-aws-7.0": ["4.1", "4.4", "4.5", "4.8", 15],
};
