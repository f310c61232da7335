import { choice, type ElementSchema, group, text, value } from '../../elementSchema.ts';

/** What the classes of the separator's four colours are to a person (firewall_rules.php, pfSenseHelpers.js). */
const color = choice(
  'The colour of the bar.',
  { 'bg-info': 'Blue', 'bg-warning': 'Yellow', 'bg-danger': 'Red', 'bg-success': 'Green' },
  { isOpen: true },
);

/** The bars between the rules of one list; their names, sep0 on, say no more than their order. */
export const separators = {
  pattern: 'sep\\d+',
  of: group('A bar between the rules, with a text.', {
    row: value('Before which rule of the list the bar stands, counted from 0.', {
      type: 'pattern',
      pattern: 'fr-?\\d+',
      is: 'a row such as fr0',
    }),
    text: text('What the bar says.'),
    color,
    if: text('The list that the bar is in: an interface, or FloatingRules.'),
  }) satisfies ElementSchema,
};
