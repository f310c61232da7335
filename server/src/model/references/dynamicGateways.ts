import type { Config } from '../config.ts';
import { readInterfaces } from '../interfaces.ts';
import { definitionsOf } from './definitions.ts';
import type { Slot } from './table.ts';
import { allTexts, type ReferenceUse, usesOfTexts } from './uses.ts';

/**
 * Whether pfSense makes a gateway of that name of an interface that gets its address by itself: `WAN_DHCP`, `OPT1_VPNV4`
 * (gwlb.inc:return_gateways_array). It stands in the file only once somebody has saved it.
 */
export function isDynamicGateway(config: Config, name: string): boolean {
  const [, title] = dynamicName.exec(name) ?? [];
  if (title === undefined) return false;
  const wanted = plain(title);
  return [...config.query(readInterfaces).values()].some(
    each => plain(each.title) === wanted || plain(each.key) === wanted,
  );
}

/**
 * The places that name a gateway which pfSense makes of the interface of that description: its name begins with the
 * description in capitals (util.inc:get_configured_interface_with_descr). One that is saved in the file keeps the name that
 * it has there.
 */
export function dynamicGatewayUses(config: Config, title: string): readonly ReferenceUse[] {
  const gateways = definitionsOf(config, 'gateway');
  const groups = definitionsOf(config, 'gateway-group');
  const isMeant = (text: string) => {
    const [, named] = dynamicName.exec(text) ?? [];
    return named?.toUpperCase() === title.toUpperCase() && !gateways.has(text) && !groups.has(text);
  };
  return [...allTexts(config)].flatMap(texts => {
    const wanted = new Map<Slot, Map<string, true>>();
    for (const [slot, counts] of texts) {
      if (!slot.slot.targets.some(({ kind }) => kind === 'gateway')) continue;
      const meant = [...counts.keys()].filter(isMeant);
      if (meant.length > 0) wanted.set(slot, new Map(meant.map(text => [text, true])));
    }
    return wanted.size > 0 ? usesOfTexts(config, wanted) : [];
  });
}

const dynamicName = /^(.+)_(?:DHCP6?|PPPOE|PPTP|L2TP|PPP|VPNV[46]|VTIV[46]|SLAAC|6RD|6TO4|TRACK6|TUNNELV[46]|WG)$/i;

/** Gateway names keep letters and digits of a description alone. */
function plain(text: string): string {
  return text.toUpperCase().replace(/[^A-Z0-9]/g, '');
}
