/** Raised when an older reader could misread newer results, or a newer one older results. */
export const RESULTS_FORMAT = 1;
