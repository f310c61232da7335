import type { Config } from './config.ts';

/**
 * Whether pf is turned off (*System > Advanced > Firewall & NAT*, "Disable all packet filtering"): the node only routes, and no
 * rule, no NAT and no state is there, whatever the file has of them (filter.inc).
 */
export function isPacketFilterOff(config: Config): boolean {
  return config.find('system/disablefilter') !== undefined;
}
