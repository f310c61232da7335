import { type ElementSchema, group } from './elementSchema.ts';

/** The whole of config.xml, from version 18 to 24.5: the children of `<pfsense>`. */
export const configSchema = group(
  'The configuration of one pfSense firewall.',
  (): Readonly<Record<string, ElementSchema>> => ({}),
);
