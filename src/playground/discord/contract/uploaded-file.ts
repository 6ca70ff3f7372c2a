/** One file part of a multipart request, as the stand-in received it. */
export interface UploadedFile {
  /** The part's name, e.g. `files[0]`. */
  readonly name: string;
  readonly filename: string;
  readonly bytes: number;
  readonly contentType?: string;
}
