import { type ElementSchema, group } from './elementSchema.ts';
import { certificatesSections } from './sections/certificates.ts';
import { highAvailabilitySections } from './sections/highAvailability.ts';
import { dialUpSections } from './sections/interfaces/dialUp.ts';
import { interfacesSections } from './sections/interfaces/interfaces.ts';
import { linkLayerSections } from './sections/interfaces/linkLayer.ts';
import { tunnelsSections } from './sections/interfaces/tunnels.ts';
import { wirelessSections } from './sections/interfaces/wireless.ts';
import { routingSections } from './sections/routing.ts';
import { systemSections } from './sections/system/system.ts';

/** The whole of config.xml, from version 18 to 24.5: the children of `<pfsense>`. */
export const configSchema = group(
  'The configuration of one pfSense firewall.',
  (): Readonly<Record<string, ElementSchema>> => ({
    ...systemSections,
    ...interfacesSections,
    ...linkLayerSections,
    ...tunnelsSections,
    ...dialUpSections,
    ...wirelessSections,
    ...routingSections,
    ...highAvailabilitySections,
    ...certificatesSections,
  }),
);
