/**
 * Whether one name becomes the other when one letter is put in, taken out or replaced, or two neighbours change places.
 * Names that differ only in digits are no slips of the pen: `gateway4` and `gateway6` are two things.
 */
export function isOneSlipAway(one: string, other: string): boolean {
  if (one === other || Math.abs(one.length - other.length) > 1) return false;
  if (withoutDigits(one) === withoutDigits(other)) return false;
  let start = 0;
  while (start < one.length && one[start] === other[start]) start++;
  let [endOne, endOther] = [one.length, other.length];
  while (endOne > start && endOther > start && one[endOne - 1] === other[endOther - 1]) {
    endOne--;
    endOther--;
  }
  const [left, right] = [one.slice(start, endOne), other.slice(start, endOther)];
  if (left.length <= 1 && right.length <= 1) return true;
  return left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0];
}

function withoutDigits(name: string): string {
  return name.replace(/\d/g, '');
}
