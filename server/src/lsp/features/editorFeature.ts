import type { ServerCapabilities } from 'vscode-languageserver';
import type { ClientFeatures } from '../clientFeatures.ts';
import type { Session } from '../session.ts';

/** One thing that an editor can ask of the files that it has open: what is said of it at the start, and who answers. */
export interface EditorFeature {
  readonly capabilities: (client: ClientFeatures) => ServerCapabilities;
  readonly listen: (session: Session) => void;
  /** What it tells the editor once that is ready for it; nothing waits for that. */
  readonly begin?: (session: Session) => void;
}

/**
 * The answer about a file that is none of ours. To an empty list an editor adds nothing of its own: a file would have no folds
 * at all instead of those that its indentation makes.
 */
export const nothing = null;
