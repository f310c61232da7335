import { moveOffsets, type Rows } from './rows.ts';
import { type Branch, type BranchParts, Column, columnCount, Flag } from './tree.ts';

/** How a branch changes. */
export interface RowSplice {
  /** First the root and the rows of `chain`, then the new rows. */
  readonly rows: Rows;
  /** The branch's rows that were open where the scan began, from its top inwards. */
  readonly chain: readonly number[];
  /** How many of them are open still, so that they end where they ended before. */
  readonly openChain: number;
  /** The branch's rows from `firstRow` up to `rightRow` give way to the new ones. */
  readonly firstRow: number;
  readonly rightRow: number;
  /** The index in the scan's input at which the branch begins. */
  readonly origin: number;
  /** By how much the text behind moves. */
  readonly delta: number;
}

/** Puts the new rows in the stead of some of a branch's, which loses them; gives what a branch with them is made of. */
export function spliceRows(old: Branch, splice: RowSplice): Pick<BranchParts, 'data' | 'rows'> {
  const { rows, chain, firstRow, rightRow } = splice;
  const inherited = chain.length + 1;
  const behind = firstRow + rows.count - inherited;
  const count = behind + old.rows - rightRow;
  const data = opened(old, { firstRow, rightRow, behind });
  data.set(rows.data.subarray(inherited * columnCount, rows.count * columnCount), firstRow * columnCount);
  placeNewRows(data, splice, behind);
  moveRightRows(data, splice, { behind, count });
  endChain(data, splice, behind);
  return { data, rows: count };
}

interface Opening {
  readonly firstRow: number;
  readonly rightRow: number;
  /** Where the rows from `rightRow` on go. */
  readonly behind: number;
}

/** The branch's rows with those from `rightRow` on moved; where there is no room, with room for more. */
function opened(old: Branch, { firstRow, rightRow, behind }: Opening): Int32Array {
  const { rows } = old;
  const data = old.takeRows();
  const count = behind + rows - rightRow;
  if (count * columnCount <= data.length) {
    if (behind !== rightRow) data.copyWithin(behind * columnCount, rightRow * columnCount, rows * columnCount);
    return data;
  }
  const larger = unfilled((count + roomFor(count)) * columnCount);
  larger.set(data.subarray(0, firstRow * columnCount));
  larger.set(data.subarray(rightRow * columnCount, rows * columnCount), behind * columnCount);
  return larger;
}

/** So that a person who types new elements has the rows copied now and then, and not each time. */
function roomFor(rows: number): number {
  return Math.max(8, rows >> 4);
}

/** Megabytes of zeros, all of them written over, are what an edit in a large section would mostly wait for. */
function unfilled(length: number): Int32Array {
  if (typeof Buffer === 'undefined') return new Int32Array(length);
  return new Int32Array(Buffer.allocUnsafeSlow(length * Int32Array.BYTES_PER_ELEMENT).buffer);
}

function placeNewRows(data: Int32Array, splice: RowSplice, behind: number): void {
  const { chain, firstRow, origin } = splice;
  const inherited = chain.length + 1;
  for (let row = firstRow; row < behind; row++) {
    const at = row * columnCount;
    moveOffsets(data, at, -origin);
    const parent = data[at + Column.parent]!;
    data[at + Column.parent] = parent < inherited ? chain[parent - 1]! : parent - inherited + firstRow;
    data[at + Column.next]! += firstRow - inherited;
  }
}

function moveRightRows(
  data: Int32Array,
  { rightRow, delta }: RowSplice,
  { behind, count }: { readonly behind: number; readonly count: number },
): void {
  const rowDelta = behind - rightRow;
  if (delta === 0 && rowDelta === 0) return;
  for (let at = behind * columnCount; at < count * columnCount; at += columnCount) {
    moveOffsets(data, at, delta);
    if (data[at + Column.parent]! >= rightRow) data[at + Column.parent]! += rowDelta;
    data[at + Column.next]! += rowDelta;
  }
}

/** The elements around the new rows: those that the scan closed end where it says, the others moved. */
function endChain(data: Int32Array, splice: RowSplice, behind: number): void {
  const { rows, chain, openChain, firstRow, rightRow, origin, delta } = splice;
  const inherited = chain.length + 1;
  chain.forEach((row, i) => {
    const at = row * columnCount;
    const flags = rows.get(Column.flags, i + 1);
    if (i < openChain) {
      // What stands between the children that are there still was not scanned again.
      const isScannedInPart = data[at + Column.next]! > rightRow;
      const lasting = Flag.closed | Flag.mismatched | (isScannedInPart ? Flag.hasReferences | Flag.hasMarkup : 0);
      data[at + Column.contentEnd]! += delta;
      data[at + Column.end]! += delta;
      data[at + Column.next]! += behind - rightRow;
      data[at + Column.flags] = flags | (data[at + Column.flags]! & lasting);
    } else {
      data[at + Column.contentEnd] = rows.get(Column.contentEnd, i + 1) - origin;
      data[at + Column.end] = rows.get(Column.end, i + 1) - origin;
      data[at + Column.next] = rows.get(Column.next, i + 1) - inherited + firstRow;
      data[at + Column.flags] = flags;
    }
  });
}
