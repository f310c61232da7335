/** An interface as the fixtures of these tests write it, on one line. */
export function iface(key: string, nic: string, more: InterfaceFields = {}): string {
  const { descr, address, address6, isEnabled = true } = more;
  const [ipaddr, subnet] = address?.split('/') ?? [];
  const [ipaddrv6, subnetv6] = address6?.split('/') ?? [];
  return [
    `<${key}>`,
    isEnabled ? '<enable></enable>' : '',
    `<if>${nic}</if>`,
    descr === undefined ? '' : `<descr><![CDATA[${descr}]]></descr>`,
    ipaddr === undefined ? '' : `<ipaddr>${ipaddr}</ipaddr>`,
    subnet === undefined ? '' : `<subnet>${subnet}</subnet>`,
    ipaddrv6 === undefined ? '' : `<ipaddrv6>${ipaddrv6}</ipaddrv6><subnetv6>${subnetv6}</subnetv6>`,
    `</${key}>`,
  ].join('');
}

export interface InterfaceFields {
  readonly descr?: string;
  /** With its prefix length, or a word such as `dhcp`. */
  readonly address?: string;
  readonly address6?: string;
  readonly isEnabled?: boolean;
}

/** A section with those interfaces, one a line. */
export function interfaces(...lines: readonly string[]): string {
  return `\t<interfaces>\n${lines.map(line => `\t\t${line}\n`).join('')}\t</interfaces>\n`;
}

/** Both files of a pair, in the tests' notation. */
export function pair(primary: string, secondary: string): string {
  return `--- primary.xml\n${primary}--- secondary.xml\n${secondary}`;
}

/** The section `hasync` with those values, one a line, in their order. */
export function hasync(values: Readonly<Record<string, string>>): string {
  const rows = Object.entries(values).map(([name, text]) => `\t\t<${name}>${text}</${name}>\n`);
  return `\t<hasync>\n${rows.join('')}\t</hasync>\n`;
}
