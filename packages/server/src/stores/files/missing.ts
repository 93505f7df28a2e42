/** Whether an error of the file system says that the file is not there; a symbolic link in its place is none of ours. */
export function isMissing(error: unknown): boolean {
  const code = codeOf(error)
  return code === 'ENOENT' || code === 'ELOOP'
}

/** The name of a file system's error, such as `ENOSPC`. */
export const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error ? String(error.code) : undefined
