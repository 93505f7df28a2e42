/** How much an archive may become. */
export interface UnpackLimits {
  /** All files together. */
  readonly mostBytes: number
  readonly mostEntries: number
  /** Unpacked bytes per packed byte, counted from the beginning of the archive. */
  readonly mostRatio: number
  /** Unpacked bytes up to which the ratio does not count. */
  readonly ratioFromBytes: number
  /** Folders in folders. */
  readonly mostDepth: number
}

const megabyte = 1_048_576

export const defaultLimits: UnpackLimits = {
  mostBytes: 20 * 1024 * megabyte,
  mostEntries: 200_000,
  mostRatio: 200,
  ratioFromBytes: 10 * megabyte,
  mostDepth: 50,
}

/** As `40.1 MB`. */
export function sizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes} bytes`
  if (bytes < megabyte / 10) return `${(bytes / 1024).toFixed(1)} KB`
  if (bytes < 1024 * megabyte) return `${(bytes / megabyte).toFixed(1)} MB`
  return `${(bytes / megabyte / 1024).toFixed(1)} GB`
}
