import { Column, columnCount } from './tree.ts';

/** The growing columns that a scan writes; cut into branches when it is done with one. Reused from scan to scan. */
export class Rows {
  private capacity = 4096;
  private columns = Array.from({ length: columnCount }, () => new Int32Array(4096));
  count = 0;

  /** Adds a row with its start and parent; all else is 0. */
  add(start: number, parent: number): number {
    const row = this.count++;
    if (row === this.capacity) this.grow();
    const columns = this.columns;
    columns[Column.start]![row] = start;
    columns[Column.parent]![row] = parent;
    columns[Column.flags]![row] = 0;
    return row;
  }

  set(column: number, row: number, value: number): void {
    this.columns[column]![row] = value;
  }

  get(column: number, row: number): number {
    return this.columns[column]![row]!;
  }

  flag(row: number, bits: number): void {
    this.columns[Column.flags]![row]! |= bits;
  }

  /**
   * Takes the rows from `first` on out, as a branch's data: offsets relative to the first row's start,
   * rows counted from 0.
   */
  cut(first: number): Int32Array {
    const rows = this.count - first;
    const data = new Int32Array(rows * columnCount);
    const origin = this.get(Column.start, first);
    for (let column = 0; column < columnCount; column++) {
      const from = this.columns[column]!;
      const base = column * rows;
      const shift = column <= Column.end ? origin : column === Column.parent || column === Column.next ? first : 0;
      for (let row = 0; row < rows; row++) data[base + row] = from[first + row]! - shift;
    }
    data[Column.parent * rows] = -1;
    this.count = first;
    return data;
  }

  private grow(): void {
    this.capacity *= 2;
    this.columns = this.columns.map(column => {
      const larger = new Int32Array(this.capacity);
      larger.set(column);
      return larger;
    });
  }
}
