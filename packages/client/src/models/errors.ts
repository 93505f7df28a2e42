/** Errors under the names and at the place of the official client, so that its `instanceof` checks go on working. */
export {
  ApiError,
  ConnectionError,
  HatcheryClientError as HTTPClientError,
  HttpError as HathoraCloudError,
  InvalidRequestError,
  InvalidRequestError as SDKValidationError,
  RequestAbortedError,
  RequestTimeoutError,
  ResponseValidationError,
  SDKError,
  UnexpectedClientError,
} from '../errors.ts'
