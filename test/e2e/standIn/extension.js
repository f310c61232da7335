// Does in files of the language XML a little of what any extension for XML does, so that it can be seen twice where
// nobody leaves it to the other.
const vscode = require('vscode');

exports.activate = context => {
  const faults = vscode.languages.createDiagnosticCollection('xml');
  const check = document => {
    if (document.languageId !== 'xml') return;
    const at = document.getText().indexOf('</hostnam>');
    const place = document.positionAt(Math.max(at, 0));
    const fault = new vscode.Diagnostic(
      new vscode.Range(place, place.translate(0, 10)),
      'The stand-in knows no end tag like this.',
    );
    fault.source = 'xml';
    faults.set(document.uri, at < 0 ? [] : [fault]);
  };
  vscode.workspace.textDocuments.forEach(check);
  const format = () => [vscode.TextEdit.insert(new vscode.Position(1, 0), '<!-- formatted -->\n')];
  context.subscriptions.push(
    faults,
    vscode.workspace.onDidOpenTextDocument(check),
    vscode.workspace.onDidChangeTextDocument(({ document }) => check(document)),
    vscode.languages.registerDocumentFormattingEditProvider('xml', { provideDocumentFormattingEdits: format }),
  );
};
