import * as vscode from 'vscode';
import type { Counts, PairState, SingleState, WorkspaceState } from '../../server/src/lsp/protocol.ts';

/**
 * The item beside the language's name in the status bar: the pair of the file in view, who is who, and what was
 * found in both. Beside other XML there is none.
 */
export class Status implements vscode.Disposable {
  private shown: vscode.LanguageStatusItem | undefined;
  private readonly listener: vscode.Disposable;
  private state: WorkspaceState | undefined;

  constructor() {
    this.listener = vscode.window.onDidChangeActiveTextEditor(() => this.refresh());
    this.refresh();
  }

  show(state: WorkspaceState): void {
    this.state = state;
    this.refresh();
  }

  dispose(): void {
    this.hide();
    this.listener.dispose();
  }

  private refresh(): void {
    const document = vscode.window.activeTextEditor?.document;
    const uri = document?.uri.toString();
    const pair = this.state?.pairs.find(each => each.primary.uri === uri || each.secondary.uri === uri);
    const single = this.state?.singles.find(each => each.uri === uri);
    const problem = this.state?.problems.find(each => each.uri !== undefined && each.uri === uri);
    if (pair) this.showPair(pair, uri);
    else if (single) this.showSingle(single);
    else if (problem) this.showText('Not checked', problem.message);
    else if (document?.languageId === 'pfsense-config')
      this.showText('Not checked', 'This is no pfSense configuration.');
    else this.hide();
    if (this.shown) this.shown.busy = this.state?.isSearching ?? false;
  }

  private get item(): vscode.LanguageStatusItem {
    if (!this.shown) {
      const languages = [{ language: 'pfsense-config' }, { language: 'xml' }];
      this.shown = vscode.languages.createLanguageStatusItem('pfsenseHa.pair', languages);
      this.shown.name = 'HA Pair';
    }
    return this.shown;
  }

  private hide(): void {
    this.shown?.dispose();
    this.shown = undefined;
  }

  private showPair(pair: PairState, uri: string | undefined): void {
    const counts = add(pair.primary.counts, pair.secondary.counts);
    const role = pair.primary.uri === uri ? 'primary' : 'secondary';
    this.item.text = `${pair.name}: ${role} · ${worded(counts)}`;
    this.item.detail = `${nameOf(pair.primary.uri)} (primary) ⇄ ${nameOf(pair.secondary.uri)} (secondary). ${pair.reason}${hidden(pair.primary.hidden + pair.secondary.hidden)}`;
    this.item.severity = severityOf(counts);
    this.item.command = { command: 'pfsenseHa.openPeer', title: 'Open Peer' };
  }

  private showSingle(single: SingleState): void {
    this.item.text = `No peer · ${worded(single.counts)}`;
    this.item.detail = `${single.reason}${hidden(single.hidden)}`;
    this.item.severity = vscode.LanguageStatusSeverity.Warning;
    this.item.command = { command: 'pfsenseHa.choosePair', title: 'Choose Pair…' };
  }

  private showText(text: string, detail: string): void {
    this.item.text = text;
    this.item.detail = detail;
    this.item.severity = vscode.LanguageStatusSeverity.Information;
    this.item.command = undefined;
  }
}

/** `2 errors, 1 warning`; `no findings` where all counts are 0. */
export function worded(counts: Counts): string {
  const parts = [
    count(counts.error, 'error'),
    count(counts.warning, 'warning'),
    count(counts.info + counts.hint, 'note'),
  ].filter(part => part !== '');
  return parts.length > 0 ? parts.join(', ') : 'no findings';
}

function count(number: number, noun: string): string {
  if (number === 0) return '';
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** What is not shown, as a sentence behind a space; empty where that is nothing. */
function hidden(count: number): string {
  return count === 0 ? '' : ` ${count} hidden by suppressions or the baseline.`;
}

function add(one: Counts, other: Counts): Counts {
  return {
    error: one.error + other.error,
    warning: one.warning + other.warning,
    info: one.info + other.info,
    hint: one.hint + other.hint,
  };
}

function severityOf(counts: Counts): vscode.LanguageStatusSeverity {
  if (counts.error > 0) return vscode.LanguageStatusSeverity.Error;
  return counts.warning > 0 ? vscode.LanguageStatusSeverity.Warning : vscode.LanguageStatusSeverity.Information;
}

function nameOf(uri: string): string {
  return vscode.Uri.parse(uri).path.split('/').at(-1) ?? uri;
}
