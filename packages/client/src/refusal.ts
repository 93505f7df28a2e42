/** The error of an answer whose status is not 2xx. */
import { ApiError, SDKError } from './errors.ts'
import { messageOf } from './error-text.ts'

export async function refusalOf(operation: string, response: Response): Promise<ApiError> {
  const body = await response.text()
  const Refusal = messageOf(body) === undefined ? SDKError : ApiError
  return new Refusal(operation, { response, body })
}
