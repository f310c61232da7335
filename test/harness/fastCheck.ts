import fc from 'fast-check';

/** The same every time, so that no run fails by chance; PFSENSE_HA_SEED looks elsewhere. */
export const seed = Number(process.env.PFSENSE_HA_SEED ?? 20260401);

fc.configureGlobal({ seed });

export { default } from 'fast-check';
