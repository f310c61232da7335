import { choice, type LeafSchema } from '../../elementSchema.ts';

type Options = NonNullable<Parameters<typeof choice>[2]>;

/**
 * An element whose text says yes, unlike a flag, whose presence does: pfSense tests that the text is not empty, so an
 * empty element says no. `word` is what the form writes; any other text says yes as well.
 */
export function ticked(
  description: string,
  word: 'yes' | 'default' | 'on' | 'enabled' | 'true' | '1',
  options: Options = {},
): LeafSchema {
  return choice(description, { [word]: 'Ticked' }, { ...options, isOpen: true });
}
