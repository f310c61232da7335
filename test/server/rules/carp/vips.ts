/** The elements of a VIP by name; those that are not given are left out. */
export type Fields = Readonly<Record<string, string>>;

/** The source of a CARP VIP, one element a line as pfSense writes it, in two tabs: 10.0.0.1/8 on lan unless the fields say otherwise. */
export function carpVip({ subnet_bits = '8', subnet = '10.0.0.1', ...fields }: Fields = {}): string {
  return vip({ mode: 'carp', interface: 'lan', vhid: '2', ...fields, subnet_bits, subnet });
}

/** The source of a VIP with just these elements. */
export function vip(fields: Fields): string {
  const lines = Object.entries(fields).map(([name, text]) => `\t\t\t<${name}>${text}</${name}>\n`);
  return `\t\t<vip>\n${lines.join('')}\t\t</vip>\n`;
}

/** A section `virtualip` with these VIPs. */
export function virtualip(...vips: readonly string[]): string {
  return `\t<virtualip>\n${vips.join('')}\t</virtualip>\n`;
}

/** A section `interfaces` with an enabled LAN of 10.0.0.0/8 and WAN of 192.168.1.0/24, and the node's addresses in them. */
export function interfaces(node: { readonly lan: string; readonly wan: string }): string {
  return `\t<interfaces>
		<wan><enable></enable><if>vmx0</if><descr><![CDATA[WAN]]></descr><ipaddr>${node.wan}</ipaddr><subnet>24</subnet></wan>
		<lan><enable></enable><if>vmx1</if><descr><![CDATA[LAN]]></descr><ipaddr>${node.lan}</ipaddr><subnet>8</subnet></lan>
	</interfaces>
`;
}

/** The tutorial's interfaces of the primary. */
export const primaryInterfaces = interfaces({ wan: '192.168.1.11', lan: '10.0.0.2' });

/** The tutorial's interfaces of the secondary. */
export const secondaryInterfaces = interfaces({ wan: '192.168.1.12', lan: '10.0.0.3' });

/** A fixture of two files. */
export function pair(primary: string, secondary: string): string {
  return `--- primary.xml\n${primary}--- secondary.xml\n${secondary}`;
}
