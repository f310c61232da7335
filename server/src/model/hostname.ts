import type { Config } from './config.ts';

/** What pfSense calls itself where the file names no host: the product's name (services_dhcp.inc:kea_defaults). */
const productName = 'pfSense';

/** The node's own name, without its domain. */
export function readHostname(config: Config): string {
  return config.text(config.find('system/hostname')) || productName;
}

/** Whether pfSense takes a text for the name of a host, with or without a domain (util.inc:is_hostname). */
export function isHostname(text: string): boolean {
  return /^(?:[a-z_0-9](?:[a-z_0-9-]*[a-z_0-9])?\.)*[a-z_0-9](?:[a-z_0-9-]*[a-z_0-9])?$/i.test(text);
}
