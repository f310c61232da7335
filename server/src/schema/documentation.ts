/** Netgate's documentation, below which the pages of `docs` in a schema lie. */
const base = 'https://docs.netgate.com/pfsense/en/latest/';

/** The address of a page of the documentation, such as `interfaces/vlan-trunking.html`. */
export function documentationUrl(page: string): string {
  return base + page;
}
