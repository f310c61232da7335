import { type ElementSchema, flag, group, integer, text, value } from '../elementSchema.ts';
import { dataFiles } from './shared/dataFiles.ts';

const bits = { max: 64 };

const roll = group('A roll of vouchers.', {
  zone: text('The zone that the roll is for.'),
  number: integer('The number of the roll, which stands in each of its vouchers.', {}),
  minutes: integer('How many minutes a voucher is good for.', {}),
  descr: text('A note for administrators.'),
  count: integer('How many vouchers the roll has.', {}),
  used: value('Which of them have been used, a bit for each, in base64.', { type: 'base64' }),
  active: group(
    'The vouchers in use, with when each was first used and for how long it is good.',
    {},
    { isOpen: true },
  ),
  lastsync: value('When used and active vouchers were last written here.', { type: 'epoch' }),
});

/** The synchronisation of vouchers up to 2.4.5 (upgrade_204_to_205); later the zone has its own. */
const former = {
  vouchersyncdbip: formerSetting('The address of the node whose vouchers were used.'),
  vouchersyncport: formerSetting('The port of that node’s web interface.'),
  vouchersyncusername: formerSetting('The user name at that node.'),
  vouchersyncpass: formerSetting('The password at that node.'),
} satisfies Record<string, ElementSchema>;

function formerSetting(description: string): ElementSchema {
  return text(`${description.slice(0, -1)}, up to 2.4.5.`);
}

const zone = group('The vouchers of one zone.', {
  enable: flag('The zone takes vouchers.'),
  ...former,
  charset: text('The characters that vouchers are made of.'),
  rollbits: integer('How many bits of a voucher hold the number of its roll.', bits),
  ticketbits: integer('How many bits hold the number of the voucher in its roll.', bits),
  checksumbits: integer('How many bits hold the checksum.', bits),
  magic: text('The number that shows a voucher to be one of this firewall’s.'),
  exponent: integer('The exponent of the key pair.', {}),
  publickey: value('The public key, in base64.', { type: 'base64' }),
  privatekey: value('The private key, in base64.', { type: 'base64' }),
  descrmsgnoaccess: text('What is shown for a voucher that is not good.'),
  descrmsgexpired: text('What is shown for a voucher that has run out.'),
  roll,
});

/** Services > Captive Portal > Vouchers (services_captiveportal_vouchers.php, services_captiveportal_vouchers_edit.php; voucher.inc). */
export const voucherSections: Readonly<Record<string, ElementSchema>> = {
  voucher: group(
    'The vouchers of the captive portal, by zone.',
    { voucherdata: dataFiles },
    { keyed: { pattern: '[A-Za-z0-9_]+', of: zone }, docs: 'captiveportal/vouchers.html' },
  ),
};
