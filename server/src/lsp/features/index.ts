import { closingTag } from './closingTag.ts';
import { codeLens } from './codeLens.ts';
import { completion } from './completion.ts';
import { definition } from './definition.ts';
import { documentLinks } from './documentLinks.ts';
import type { EditorFeature } from './editorFeature.ts';
import { folding } from './folding.ts';
import { formatting } from './formatting.ts';
import { hover } from './hover.ts';
import { inlayHints } from './inlayHints.ts';
import { linkedTags } from './linkedTags.ts';
import { otherXml } from './otherXml.ts';
import { outline } from './outline.ts';
import { peerElement } from './peerElement.ts';
import { redacted } from './redacted.ts';
import { references } from './references.ts';
import { rename } from './rename.ts';
import { renumbering } from './renumbering.ts';
import { selectionRanges } from './selectionRanges.ts';
import { semanticTokens } from './semanticTokens.ts';
import { workspaceSymbols } from './workspaceSymbols.ts';

/** Everything that editors can ask of a file, but for diagnostics and code actions, which work on findings. */
export const editorFeatures: readonly EditorFeature[] = [
  outline,
  folding,
  definition,
  peerElement,
  redacted,
  completion,
  hover,
  references,
  rename,
  workspaceSymbols,
  documentLinks,
  codeLens,
  renumbering,
  closingTag,
  formatting,
  linkedTags,
  otherXml,
  selectionRanges,
  inlayHints,
  semanticTokens,
];
