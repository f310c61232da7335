import {
  type CancellationToken,
  type Connection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  type InitializeParams,
  type InitializeResult,
  WatchKind,
  type WorkspaceDiagnosticReportPartialResult,
} from 'vscode-languageserver';
import { normalUri } from '../pair/uri.ts';
import { readClientFeatures } from './clientFeatures.ts';
import { codeActions, fixAllKind, resolveCodeAction } from './codeActions.ts';
import { editorFeatures } from './features/index.ts';
import { Guard } from './guard.ts';
import type { Host } from './host.ts';
import { livePairs } from './livePairs.ts';
import { certificateEdit, manifestEdit, suppressionEdit } from './manifestEdit.ts';
import {
  checkWorkspaceRequest,
  type EditManifestParams,
  type EditManifestResult,
  editManifestRequest,
  type LivePair,
  livePairsRequest,
  type Peer,
  type PeerParams,
  type PinCertificateParams,
  peerRequest,
  pinCertificateRequest,
  type SuppressParams,
  settingsSection,
  suppressRequest,
  type WorkspaceSummary,
} from './protocol.ts';
import { refactorKinds } from './refactorActions.ts';
import { Session } from './session.ts';
import { warmUp } from './warmUp.ts';
import { workspaceSummary } from './workspaceState.ts';

/** Serves one editor over a connection, from `initialize` to `exit`. Returns at once. */
export function createServer(connection: Connection, host: Host): void {
  connection.onInitialize(params => {
    const session = new Session({ connection, host, guard: new Guard(connection), params });
    handleDocuments(session);
    handleDiagnostics(session);
    handleFeatures(session);
    handleOwnRequests(session);
    connection.onInitialized(() => {
      host.nextTurn(warmUp);
      session.guard.background('start', start(session));
    });
    connection.onShutdown(() => session.pull?.close());
    return initializeResult(params);
  });
  connection.listen();
}

function initializeResult(params: InitializeParams): InitializeResult {
  const features = readClientFeatures(params);
  return {
    serverInfo: { name: 'pfsense-ha' },
    capabilities: {
      positionEncoding: 'utf-16',
      textDocumentSync: { openClose: true, change: 2, save: true },
      ...(features.pullsDiagnostics && {
        diagnosticProvider: { identifier: 'pfsense-ha', interFileDependencies: true, workspaceDiagnostics: true },
      }),
      ...(features.codeActionLiterals && {
        codeActionProvider: {
          codeActionKinds: ['quickfix', ...refactorKinds, fixAllKind],
          resolveProvider: features.lazyCodeActions,
        },
      }),
      ...Object.assign({}, ...editorFeatures.map(feature => feature.capabilities(features))),
      workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
    },
  };
}

/** What has to wait until the editor is ready for questions. */
async function start(session: Session): Promise<void> {
  const { connection, features, files, guard } = session;
  if (features.workspaceFolders) {
    connection.workspace.onDidChangeWorkspaceFolders(
      guard.run('workspace/didChangeWorkspaceFolders', ({ added, removed }) => {
        for (const { uri } of removed) files.removeFolder(uri);
        for (const { uri } of added) files.addFolder(uri);
        guard.background('search', Promise.all([session.fetchSettings(), files.search()]));
      }),
    );
  }
  if (features.configurationRegistration) {
    await connection.client.register(DidChangeConfigurationNotification.type, { section: settingsSection });
  }
  if (features.watchedFilesRegistration) {
    await connection.client.register(DidChangeWatchedFilesNotification.type, {
      watchers: [
        { globPattern: '**/*.xml' },
        // The manifest, and a baseline that is called as we call it.
        { globPattern: '**/pfsense-ha*.json' },
        // Of a folder that is deleted editors tell the folder alone.
        { globPattern: '**', kind: WatchKind.Delete },
      ],
    });
  }
  for (const { begin } of editorFeatures) begin?.(session);
  await session.fetchSettings();
  session.rounds.start();
  await files.search();
}

function handleDocuments(session: Session): void {
  const { connection, documents, files, guard, workspace } = session;
  connection.onDidOpenTextDocument(
    guard.run('textDocument/didOpen', ({ textDocument: { uri, languageId, version, text } }) => {
      if (!documents.open({ uri, languageId, version }, text)) return;
      session.openedOrClosed(uri);
      if (workspace.kindOf(uri) === 'pfsense') guard.background('search', files.searchBeside(uri));
    }),
  );
  connection.onDidChangeTextDocument(
    guard.run('textDocument/didChange', ({ textDocument: { uri, version }, contentChanges }) => {
      if (!documents.change(uri, version, contentChanges)) return;
      session.delivery.edited(normalUri(uri));
      session.changed(uri);
    }),
  );
  connection.onDidCloseTextDocument(
    guard.run('textDocument/didClose', ({ textDocument: { uri } }) => {
      if (!documents.close(uri)) return;
      session.delivery.closed(normalUri(uri));
      session.openedOrClosed(uri);
      guard.background('read', files.refresh(uri));
    }),
  );
  connection.onDidSaveTextDocument(
    guard.run('textDocument/didSave', ({ textDocument: { uri } }) => guard.background('read', files.refresh(uri))),
  );
  connection.onDidChangeWatchedFiles(
    guard.run('workspace/didChangeWatchedFiles', ({ changes }) => {
      guard.background(
        'read',
        Promise.all(changes.map(({ uri }) => files.refresh(uri))).then(() => files.readNamed()),
      );
    }),
  );
  connection.onDidChangeConfiguration(
    guard.run('workspace/didChangeConfiguration', ({ settings }) => {
      guard.background('settings', session.fetchSettings(settings));
    }),
  );
}

function handleDiagnostics(session: Session): void {
  const { connection, guard, pull, reports, rounds } = session;
  if (!pull) return;
  const empty = { kind: 'full' as const, items: [] };
  connection.languages.diagnostics.on(
    guard.request('textDocument/diagnostic', empty, async ({ textDocument: { uri }, previousResultId }) => {
      await session.settled;
      return pull.answer(reports.of(uri), previousResultId);
    }),
  );
  connection.languages.diagnostics.onWorkspace(async ({ previousResultIds }, token, _progress, parts) => {
    const known = guard.value('workspace/diagnostic', [], () =>
      previousResultIds.map(({ uri, value }) => ({ key: normalUri(uri), uri, value })),
    );
    const part = parts && ((report: WorkspaceDiagnosticReportPartialResult) => parts.report(report));
    const answer = pull.answerWorkspace({ previousResultIds: known, token, part });
    rounds.changed();
    return answer;
  });
}

function handleFeatures(session: Session): void {
  const { connection, guard } = session;
  for (const feature of editorFeatures) feature.listen(session);
  connection.onCodeAction(guard.request('textDocument/codeAction', [], params => codeActions(session.actions, params)));
  connection.onCodeActionResolve(async (action, token) => {
    const resolve = guard.request('codeAction/resolve', action, () => resolveCodeAction(session.actions, action));
    return resolve(action, token) as Promise<typeof action>;
  });
}

function handleOwnRequests(session: Session): void {
  const { connection, files, guard, reports, rounds, workspace } = session;
  connection.onRequest<Peer | null, never>(
    peerRequest,
    guard.request<PeerParams, Peer | null>(peerRequest, null, ({ uri }) => {
      const peer = workspace.peerOf(uri);
      const role = peer && workspace.membershipOf(peer.uri)?.role;
      return peer ? { uri: workspace.spellingOf(peer.uri), ...(role && { role }) } : null;
    }),
  );
  const check = guard.request<unknown, WorkspaceSummary>(checkWorkspaceRequest, nothingFound, async () => {
    await files.search();
    await rounds.finished();
    return workspaceSummary(session, reports.keys());
  });
  // A request without params is handed its token as the first argument.
  connection.onRequest<WorkspaceSummary, never>(checkWorkspaceRequest, (params, token?: CancellationToken) =>
    check(params, token ?? params),
  );
  const live = guard.request<unknown, readonly LivePair[]>(livePairsRequest, [], async () => {
    await files.search();
    await rounds.finished();
    return livePairs(session);
  });
  connection.onRequest<readonly LivePair[], never>(livePairsRequest, (params, token?: CancellationToken) =>
    live(params, token ?? params),
  );
  connection.onRequest<EditManifestResult, never>(
    editManifestRequest,
    guard.request<EditManifestParams, EditManifestResult>(
      editManifestRequest,
      { problem: 'The manifest could not be worked out; the log says why.' },
      params => manifestEdit(session.actions, params),
    ),
  );
  connection.onRequest<EditManifestResult, never>(
    pinCertificateRequest,
    guard.request<PinCertificateParams, EditManifestResult>(
      pinCertificateRequest,
      { problem: 'The manifest could not be worked out; the log says why.' },
      params => certificateEdit(session.actions, params),
    ),
  );
  connection.onRequest<EditManifestResult, never>(
    suppressRequest,
    guard.request<SuppressParams, EditManifestResult>(
      suppressRequest,
      { problem: 'The suppression could not be worked out; the log says why.' },
      params => suppressionEdit(session.actions, params),
    ),
  );
}

const nothingFound: WorkspaceSummary = {
  counts: { error: 0, warning: 0, info: 0, hint: 0 },
  hidden: 0,
  files: 0,
  pairs: 0,
};
