import * as vscode from 'vscode';
import type { Session } from './session.ts';

/** The extension that most people have for XML. It is started with the first XML document, so that to be there is to be at work. */
const otherXmlExtension = 'redhat.vscode-xml';

/** Whether another extension shows what is wrong with XML, folds, links, closes and formats it. */
export function hasOtherXml(): boolean {
  return vscode.extensions.getExtension(otherXmlExtension) !== undefined;
}

/** Tells the server when that extension is installed, enabled, disabled or removed. */
export function watchOtherXml(session: Session): vscode.Disposable {
  return vscode.extensions.onDidChange(() => void session.tellOtherXml({ isActive: hasOtherXml() }));
}
