/** What differs between the nodes that the tests of pairing make up. */
export interface NodeOptions {
  /** Last octets of WAN, LAN and SYNC: 192.168.1.x, 10.0.0.x, 172.16.1.x. */
  readonly host: number;
  readonly synchronizeTo?: string;
  readonly pfsyncPeer?: string;
  /** The advskew of its VIPs 192.168.1.10 (VHID 1 on wan) and 10.0.0.1 (VHID 2 on lan); no number is no VIP. */
  readonly skews?: readonly number[];
  /** The second octet of LAN and its VIP, for nodes of another site. */
  readonly site?: number;
}

/** A small config of a node in a pair, as the tutorial plans it. */
export function nodeConfig({ host, synchronizeTo = '', pfsyncPeer = '', skews = [], site = 0 }: NodeOptions): string {
  const vips = [
    ['wan', '1', '192.168.1.10', '24'],
    ['lan', '2', `10.${site}.0.1`, '16'],
  ] as const;
  const rows = skews.map((skew, i) => {
    const [key, vhid, address, bits] = vips[i] ?? vips[0];
    return `		<vip>
			<mode>carp</mode>
			<interface>${key}</interface>
			<vhid>${vhid}</vhid>
			<advskew>${skew}</advskew>
			<advbase>1</advbase>
			<password>shared</password>
			<uniqid>62a84e3a5d2f${i}</uniqid>
			<type>single</type>
			<subnet_bits>${bits}</subnet_bits>
			<subnet>${address}</subnet>
		</vip>
`;
  });
  const addresses = [
    ['wan', `192.168.1.${host}`, '24'],
    ['lan', `10.${site}.0.${host}`, '16'],
    ['opt1', `172.16.1.${host}`, '24'],
  ].map(
    ([key, address, bits], i) =>
      `		<${key}>\n			<enable></enable>\n			<if>vmx${i}</if>\n			<ipaddr>${address}</ipaddr>\n			<subnet>${bits}</subnet>\n		</${key}>\n`,
  );
  return `<?xml version="1.0"?>
<pfsense>
	<version>22.2</version>
	<interfaces>
${addresses.join('')}	</interfaces>
	<virtualip>
${rows.join('')}	</virtualip>
	<hasync>
		<pfsyncpeerip>${pfsyncPeer}</pfsyncpeerip>
		<synchronizetoip>${synchronizeTo}</synchronizetoip>
	</hasync>
</pfsense>
`;
}
