/** The commands that talk to firewalls, by their ids, with what the palette calls them. */
export const liveCommands = {
  'pfsenseHa.syncToPair': 'Sync to Pair',
  'pfsenseHa.dryRun': 'Sync to Pair (Dry Run)',
  'pfsenseHa.pullFromPair': 'Pull from Pair',
  'pfsenseHa.compareWithLive': 'Compare with Live',
  'pfsenseHa.undoLastSync': 'Undo Last Sync',
  'pfsenseHa.setCredentials': 'Set Credentials',
  'pfsenseHa.forgetCredentials': 'Forget Credentials',
  'pfsenseHa.showBackups': 'Show Backups',
} as const;

export type LiveCommand = keyof typeof liveCommands;
