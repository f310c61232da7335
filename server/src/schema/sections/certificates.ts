import { choice, type ElementSchema, group, integer, text, value } from '../elementSchema.ts';

const docs = 'certificates/index.html';

const refid = text('By which other settings refer to it.');
const issuer = text('The authority that it comes from.');
const pem = (what: string): ElementSchema => value(`${what}, as base64 of its PEM text.`, { type: 'base64' });
const onOrOff = { enabled: 'Yes', disabled: 'No' };

/** System > Certificates > Authorities: system_camanager.php. */
const ca = group(
  'A certificate authority.',
  {
    refid,
    descr: text('What the authority is called.'),
    trust: choice('Whether the firewall itself trusts what the authority has signed.', onOrOff, {
      default: 'disabled',
      since: 19.8,
    }),
    randomserial: choice('Whether certificates that it signs get a random serial number.', onOrOff, {
      default: 'disabled',
      since: 19.8,
    }),
    crt: pem('The certificate of the authority'),
    prv: pem('The private key of the authority'),
    serial: text('The serial number of the certificate that was signed last.'),
    caref: issuer,
  },
  { docs },
);

const certificateFields: Readonly<Record<string, ElementSchema>> = {
  refid,
  descr: text('What the certificate is called.'),
  autorenew: choice('Whether the certificate is renewed by itself before it expires.', onOrOff, {
    default: 'disabled',
    since: 24.3,
  }),
  type: choice(
    'What the certificate is for.',
    { server: 'Server Certificate', user: 'User Certificate', ca: 'Certificate Authority' },
    { isOpen: true },
  ),
  caref: issuer,
  csr: pem('The request for the certificate'),
  crt: pem('The certificate'),
  prv: pem('The private key'),
  trust: choice('A mark that belongs to authorities.', onOrOff),
  randomserial: choice('A mark that belongs to authorities.', onOrOff),
  serial: text('A number that belongs to authorities.'),
};

/** System > Certificates > Revocation: system_crlmanager.php, certs.inc:cert_revoke; the reasons are of RFC 5280. */
const crl = group(
  'A list of certificates that an authority has revoked.',
  {
    refid,
    descr: text('What the list is called.'),
    caref: text('The authority whose certificates it lists.'),
    method: choice(
      'Where the list comes from.',
      {
        internal: 'Create an internal Certificate Revocation List',
        existing: 'Import an existing Certificate Revocation List',
      },
      { isOpen: true },
    ),
    serial: integer('How often the list has been issued.', {}),
    lifetime: integer('Days after which the list must be issued anew.', {}),
    cert: group('A revoked certificate, or what is left of it.', {
      ...certificateFields,
      reason: choice(
        'Why the certificate was revoked.',
        {
          '-1': 'No Status (default)',
          0: 'Unspecified',
          1: 'Key Compromise',
          2: 'CA Compromise',
          3: 'Affiliation Changed',
          4: 'Superseded',
          5: 'Cessation of Operation',
          6: 'Certificate Hold',
          9: 'Privilege Withdrawn',
        },
        { isOpen: true },
      ),
      revoke_time: value('When it was revoked.', { type: 'epoch' }),
    }),
    text: pem('The list itself'),
  },
  { docs },
);

export const certificatesSections: Readonly<Record<string, ElementSchema>> = {
  ca,
  cert: group('A certificate and its key.', certificateFields, { docs }),
  crl,
};
