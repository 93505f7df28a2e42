/** Whether a call failed because the thing is not there, or has no such id (422). */
export const isNotFound = (error: unknown): boolean =>
  error instanceof Error &&
  error.name === 'ApiError' &&
  'status' in error &&
  (error.status === 404 || error.status === 422)
