import { choice, type ElementSchema, group, integer, text } from '../elementSchema.ts';
import { ticked } from './shared/ticked.ts';

const speed = text('The speed of the line, in the unit beside.');
const unit = text('The unit of the speed.');

/** Names that carry the number of a connection, such as conn0upload. */
const lines = {
  pattern: '(conn|local)\\d+(interface|upload|uploadspeed|uploadscheduler|download|downloadspeed|downloadscheduler)',
  of: text('What was answered about one line.'),
} as const;

/** The game, application or protocol is the name of the element. */
const applications = {
  pattern: '[a-z0-9_-]+',
  of: text('The queue that the traffic of this kind goes to.'),
} as const;

/** What the wizards under Firewall > Traffic Shaper were last told: traffic_shaper_wizard_*.xml and their .inc. */
export const shaperWizardSections: Readonly<Record<string, ElementSchema>> = {
  ezshaper: group('What the shaper’s wizard was last told.', {
    step1: group('How many lines there are.', {
      numberofconnections: integer('How many lines lead outside.', {}),
      numberoflocalinterfaces: integer('How many interfaces lead inside.', {}),
    }),
    step2: group(
      'The lines and their speeds.',
      {
        downloadscheduler: choice('How queues share what comes in.', {
          HFSC: 'HFSC',
          CBQ: 'CBQ',
          PRIQ: 'PRIQ',
        }),
      },
      { keyed: lines, isOpen: true },
    ),
    step3: group(
      'Telephony.',
      {
        enable: ticked('Calls come first.', 'on'),
        provider: text('Who carries the calls.'),
        address: text('The telephones’ address, or an alias.'),
        bandwidth: speed,
        bandwidthunit: unit,
        download: speed,
        downloadspeed: unit,
      },
      { keyed: lines, isOpen: true },
    ),
    step4: group(
      'A host that is held back.',
      {
        enable: ticked('The host is held back.', 'on'),
        address: text('The host’s address, or an alias.'),
        bandwidth: speed,
        bandwidthunit: unit,
      },
      { isOpen: true },
    ),
    step5: group(
      'File sharing.',
      {
        enable: ticked('File sharing is held back.', 'on'),
        p2pcatchall: ticked('What is not known counts as file sharing.', 'on'),
        bandwidth: speed,
        bandwidthunit: unit,
      },
      { keyed: applications },
    ),
    step6: group('Games.', { enable: ticked('Games come first.', 'on') }, { keyed: applications }),
    step7: group(
      'Other applications.',
      { enable: ticked('Other applications are sorted.', 'on') },
      {
        keyed: applications,
      },
    ),
    step8: group('The end of the wizard.', {}, { keyed: applications }),
  }),
};
