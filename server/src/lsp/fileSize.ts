/** A config has some megabytes. Checking this takes seconds; a larger file is something else, or broken. */
export const mostBytes = 64 * 1024 * 1024;

/** The sentence about a file of more than {@link mostBytes} bytes. */
export function tooLarge(size: number): string {
  return `This file has ${Math.round(size / 1024 / 1024)} MB; above ${mostBytes / 1024 / 1024} MB it is not checked.`;
}
