import * as vscode from 'vscode';
import { presentFiles } from '../live/checkedFiles.ts';
import { chooseLivePair, roles } from '../live/choosePair.ts';
import type { Live } from '../live/live.ts';
import { configsOf, connectionOf } from '../live/reach.ts';

interface BackupItem extends vscode.QuickPickItem {
  readonly path: string;
}

const copyPath: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('copy'), tooltip: 'Copy Path' };

/**
 * Lists the backups that pushes have made of both firewalls. One that is chosen is shown with its secrets hidden; the file
 * itself holds them.
 */
export async function showBackups(live: Live): Promise<void> {
  const pair = await chooseLivePair(live.session, 'The backups of which pair?');
  if (!pair) return;
  const { engine, store } = live;
  const configs = configsOf(live, await presentFiles(pair));
  const items: (BackupItem | vscode.QuickPickItem)[] = [];
  for (const role of roles) {
    const node = connectionOf(live, pair, { role, configs });
    if (!node) return;
    const backups = await store.backups(engine.nodeKeyOf(node.origin, configs[role]));
    items.push({ label: `${role}, ${node.origin}`, kind: vscode.QuickPickItemKind.Separator });
    for (const { path, savedAt, size } of backups) {
      const description = `${Math.ceil(size / 1024)} KB`;
      items.push({ label: savedAt.toLocaleString(), description, detail: path, path, buttons: [copyPath] });
    }
  }
  if (items.length === roles.length) {
    void vscode.window.showInformationMessage(`There is no backup of ${pair.name} yet: each sync makes one first.`);
    return;
  }
  const picked = await pick(items);
  if (picked) await show(live, picked.path);
}

/** The path of the entry whose button is pressed goes to the clipboard. */
function pick(items: readonly (BackupItem | vscode.QuickPickItem)[]): Promise<BackupItem | undefined> {
  const picker = vscode.window.createQuickPick<BackupItem | vscode.QuickPickItem>();
  picker.title = 'Backups: whole configurations, with all their secrets';
  picker.items = items;
  return new Promise(resolve => {
    picker.onDidTriggerItemButton(({ item }) => {
      if (isBackup(item)) void vscode.env.clipboard.writeText(item.path);
    });
    picker.onDidAccept(() => {
      resolve(picker.activeItems.find(isBackup));
      picker.hide();
    });
    picker.onDidHide(() => {
      resolve(undefined);
      picker.dispose();
    });
    picker.show();
  });
}

function isBackup(item: BackupItem | vscode.QuickPickItem): item is BackupItem {
  return 'path' in item;
}

async function show({ engine, documents }: Live, path: string): Promise<void> {
  const bytes = await vscode.workspace.fs.readFile(vscode.Uri.file(path));
  const text = engine.withoutSecrets(new TextDecoder().decode(bytes), new Map());
  await documents.show(path.split(/[\\/]/).at(-1) ?? 'backup.xml', text);
}
