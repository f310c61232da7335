import { group, text, value } from '../../elementSchema.ts';

const record = {
  time: value('When it was done.', { type: 'epoch' }),
  username: text('Who did it, with the address and the kind of account, or the part of pfSense that did.'),
};

/** What config.lib.inc:make_config_revision_entry leaves on an item that is made. */
export const created = group('When the item was made, and by whom.', record);

/** What the same function leaves on each later save. */
export const updated = group('When the item was last saved, and by whom.', record);
