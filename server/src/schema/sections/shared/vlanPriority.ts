/** The eight 802.1p priorities by the words pfSense stores, and what its forms call them (globals.inc). */
export const vlanPriority = {
  bk: 'Background (BK, 0)',
  be: 'Best Effort (BE, 1)',
  ee: 'Excellent Effort (EE, 2)',
  ca: 'Critical Applications (CA, 3)',
  vi: 'Video (VI, 4)',
  vo: 'Voice (VO, 5)',
  ic: 'Internetwork Control (IC, 6)',
  nc: 'Network Control (NC, 7)',
} as const;
