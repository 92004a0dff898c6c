/** 100 % are all of them: what is a little less must not be rounded to it. */
export function percentText(percent: number, number: (n: number) => string): string {
  return `${number(Math.floor(percent * 10) / 10)} %`;
}
