import { choice, type ElementSchema, group, text } from '../../elementSchema.ts';

/** What util.inc:set_labels_for_rule_item and the overrides of pfsense-utils.inc leave on filter and NAT rules. */
export const ruleLabels: Readonly<Record<string, ElementSchema>> = {
  labels: group(
    'Labels of the rule in pf, beside those that pfSense makes itself.',
    {
      item: group('One label.', {
        name: choice(
          'What kind of label it is.',
          { id: 'Identifier', s: 'Schedule', gw: 'Gateway', tags: 'Tags', descr: 'Description' },
          { default: 'descr', isOpen: true },
        ),
        descr: text('What the label says, 62 characters at most together with its name.'),
      }),
    },
    { since: 24 },
  ),
  force_category: text('The list of rules that the rule is put in, whatever its interface.', {
    since: 24,
  }),
};
