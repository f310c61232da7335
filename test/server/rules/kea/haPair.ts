/** A node whose Kea servers have high availability over SYNC: `2` is the primary, `3` the secondary. */
export function keaNode(own: 2 | 3): string {
  const other = own === 2 ? 3 : 2;
  return `	<system>
		<hostname>fw${own}</hostname>
	</system>
	<interfaces>
		<lan><enable></enable><if>vmx1</if><ipaddr>10.0.0.${own}</ipaddr><subnet>24</subnet></lan>
		<opt1><enable></enable><if>vmx2</if><descr><![CDATA[SYNC]]></descr><ipaddr>172.16.1.${own}</ipaddr><subnet>24</subnet></opt1>
	</interfaces>
	<virtualip>
		<vip><mode>carp</mode><interface>lan</interface><vhid>2</vhid><uniqid>aa02</uniqid><subnet_bits>24</subnet_bits><subnet>10.0.0.1</subnet></vip>
		<vip><mode>ipalias</mode><interface>_vipaa02</interface><uniqid>aa03</uniqid><subnet_bits>24</subnet_bits><subnet>10.0.0.9</subnet></vip>
		<vip><mode>ipalias</mode><interface>opt1</interface><uniqid>aa04</uniqid><subnet_bits>24</subnet_bits><subnet>172.16.1.1${own}</subnet></vip>
	</virtualip>
	<hasync>
		<pfsyncinterface>opt1</pfsyncinterface>
	</hasync>
	<dhcpbackend>kea</dhcpbackend>
	<kea>
		<ha>
			<enable></enable>
			<role>${own === 2 ? 'primary' : 'standby'}</role>
			<localname>fw${own}</localname>
			<localip>172.16.1.${own}</localip>
			<remotename>fw${other}</remotename>
			<remoteip>172.16.1.${other}</remoteip>
		</ha>
	</kea>
`;
}

/** Puts text in place of other text, which must be there once: a fixture that no longer fits fails at once. */
export function swap(text: string, from: string, to: string): string {
  if (text.split(from).length !== 2) throw new Error(`not exactly once in the fixture: ${from}`);
  return text.replace(from, () => to);
}

export function pair(primary: string, secondary: string): string {
  return `\n--- primary.xml\n${primary}--- secondary.xml\n${secondary}`;
}

/** Puts a line of marks under the line that holds a text. */
export function marked(source: string, text: string, mark: { readonly on: string; readonly says: string }): string {
  return source
    .split('\n')
    .map(line => {
      if (!line.includes(text)) return line;
      const column = line.indexOf(mark.on);
      const carets = `${line.slice(0, column).replace(/[^\t]/g, ' ')}${'^'.repeat(mark.on.length)}`;
      return `${line}\n${carets} ${mark.says}`;
    })
    .join('\n');
}
