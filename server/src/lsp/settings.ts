import type { Connection } from 'vscode-languageserver';
import { type RuleSetting, type RuleSettings, ruleSettings } from '../rules/ruleSettings.ts';
import { type InlayHintKind, settingsSection } from './protocol.ts';

/** What the settings say of the files of one folder. */
interface FolderSettings {
  readonly rules: RuleSettings;
  readonly hasCodeLenses: boolean;
  readonly inlayHints: ReadonlySet<InlayHintKind>;
}

const inlayHintKinds: readonly InlayHintKind[] = ['interfaces', 'aliases', 'names', 'vips', 'dates', 'release'];

/** What the editor's settings say, for the whole window and for each folder. */
export class EditorSettings {
  private window: FolderSettings;
  private folders = new Map<string, FolderSettings>();

  /** @param initial what `initializationOptions.settings` say, for editors that cannot be asked */
  constructor(initial: unknown) {
    this.window = readSettings(initial);
  }

  /** The same object for a file until the settings change. */
  for(uri: string): FolderSettings {
    let best = '';
    for (const folder of this.folders.keys()) if (uri.startsWith(folder) && folder.length > best.length) best = folder;
    return this.folders.get(best) ?? this.window;
  }

  /**
   * Asks the editor.
   *
   * @param roots the folders as the editor writes them, by what the addresses of the files in them begin with
   */
  async fetch(connection: Connection, roots: ReadonlyMap<string, string>): Promise<void> {
    const folders = [...roots];
    const section = settingsSection;
    const items = [{ section }, ...folders.map(([, scopeUri]) => ({ scopeUri, section }))];
    const [window, ...scoped]: unknown[] = await connection.workspace.getConfiguration(items);
    this.window = readSettings(window);
    this.folders = new Map(folders.map(([root], i) => [root, readSettings(scoped[i])]));
  }

  /** Takes what an editor sends by itself: `{"pfsenseHa": {…}}`. */
  replace(settings: unknown): void {
    this.window = readSettings(property(settings, settingsSection));
    this.folders.clear();
  }
}

function readSettings(settings: unknown): FolderSettings {
  const hints = property(settings, 'inlayHints');
  return {
    rules: readRuleSettings(settings),
    hasCodeLenses: property(settings, 'codeLens') !== false,
    inlayHints: new Set(inlayHintKinds.filter(kind => property(hints, kind) !== false)),
  };
}

/** The `rules` of the settings; what is no setting is passed over, for VS Code marks it in the settings editor itself. */
function readRuleSettings(settings: unknown): RuleSettings {
  const rules = property(settings, 'rules');
  if (typeof rules !== 'object' || rules === null) return {};
  return Object.fromEntries(
    Object.entries(rules).filter((entry): entry is [string, RuleSetting] =>
      (ruleSettings as readonly unknown[]).includes(entry[1]),
    ),
  );
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
