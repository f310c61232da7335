import { choice, type ElementSchema, flag, group, integer, text, type ValueType, value } from '../../elementSchema.ts';

export const leaseTimes: Readonly<Record<string, ElementSchema>> = {
  defaultleasetime: integer('Seconds that a lease lasts when the client asks for no time.', {}, { default: '7200' }),
  maxleasetime: integer('Seconds that a lease lasts at most.', {}, { default: '86400' }),
};

/** First and last address of what is given out. */
export function addressRange(description: string, family: 4 | 6): ElementSchema {
  return group(description, {
    from: value('The first address.', { type: 'address', family }),
    to: value('The last address.', { type: 'address', family }),
  });
}

const keyAlgorithms = {
  'hmac-md5': 'HMAC-MD5',
  'hmac-sha1': 'HMAC-SHA1',
  'hmac-sha224': 'HMAC-SHA224',
  'hmac-sha256': 'HMAC-SHA256',
  'hmac-sha384': 'HMAC-SHA384',
  'hmac-sha512': 'HMAC-SHA512',
};

export const keyAlgorithm = (description: string, options: { readonly since?: number } = {}) =>
  choice(description, keyAlgorithms, options);

const nameServer: ValueType = { type: 'host' };

/** Registration of clients in a zone by RFC 2136. */
export const zoneUpdates: Readonly<Record<string, ElementSchema>> = {
  ddnsdomain: text('The zone that clients are registered in.'),
  ddnsdomainprimary: value('The name server that takes the updates.', nameServer),
  ddnsdomainprimaryport: value(
    'The port of the name server that takes the updates.',
    { type: 'port' },
    { since: 23.3 },
  ),
  ddnsdomainsecondary: value('Another name server that takes the updates.', nameServer),
  ddnsdomainsecondaryport: value(
    'The port of the other name server that takes the updates.',
    { type: 'port' },
    { since: 23.3 },
  ),
  ddnsdomainkeyname: text('The name of the key that signs the updates.'),
  ddnsdomainkeyalgorithm: keyAlgorithm('The algorithm of the key that signs the updates.'),
  ddnsdomainkey: text('The key that signs the updates.'),
  ddnsupdate: flag('Clients are registered in the zone.'),
  ddnsforcehostname: flag('The zone gets the name of the static mapping, whatever the client says.'),
};

export const reverseZoneUpdates = flag('Addresses are registered in the reverse zone as well.');

export const clientUpdates = choice('Whether clients may register themselves.', {
  allow: 'Allow',
  deny: 'Deny',
  ignore: 'Ignore',
});

/** What clients are told beside address and servers, as number and value. */
export const numberOptions = group('Options of DHCP that the form has no field for.', {
  item: group('One option.', {
    number: integer('The number of the option.', { max: 65535 }),
    type: choice('What kind of value the option has.', {
      text: 'Text',
      string: 'String',
      boolean: 'Boolean',
      'unsigned integer 8': 'Unsigned 8-bit integer',
      'unsigned integer 16': 'Unsigned 16-bit integer',
      'unsigned integer 32': 'Unsigned 32-bit integer',
      'signed integer 8': 'Signed 8-bit integer',
      'signed integer 16': 'Signed 16-bit integer',
      'signed integer 32': 'Signed 32-bit integer',
      'ip-address': 'IP address or host',
    }),
    value: value('The value of the option.', { type: 'base64' }),
  }),
});

const policies = { default: 'Track server', enable: 'Enable', disable: 'Disable' };
const kea = { since: 23.4, docs: 'services/dhcp/kea-settings.html' } as const;

export const dnsRegistration = choice('Whether leases are registered in the DNS resolver; Kea only.', policies, {
  ...kea,
  default: 'default',
});

export const earlyDnsRegistration = choice(
  'Whether static mappings are registered before the client is there; Kea only.',
  policies,
  { ...kea, default: 'default' },
);

export const keaJson = value('Settings of Kea that the form has no field for, as JSON.', { type: 'base64' }, kea);
