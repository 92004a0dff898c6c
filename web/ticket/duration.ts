/** Milliseconds of a length of time as the API writes it: hours, minutes and seconds, such as `PT26H5M`. */
export function milliseconds(text: string): number {
  const [, sign, hours = 0, minutes = 0, seconds = 0] = /^(-)?PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?$/.exec(text) ?? [];
  const length = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
  return sign === undefined ? length : -length;
}
