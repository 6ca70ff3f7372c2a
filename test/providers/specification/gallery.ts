import { createServer } from 'node:http';
import sharp from 'sharp';
import type { ReferenceImage } from '../../../src/domain/request.ts';
import { listen } from '../listen.ts';

/** A place where members' pictures stand, as Discord's own does. */
export interface Gallery {
  readonly picture: ReferenceImage;
  close(): void;
}

export async function openGallery(): Promise<Gallery> {
  const canvas = { width: 40, height: 30, channels: 3, background: '#c63' } as const;
  const bytes = await sharp({ create: canvas }).jpeg().toBuffer();
  const server = createServer((_, response) => {
    response.writeHead(200, {
      'content-type': 'image/jpeg',
      'content-length': String(bytes.length),
    });
    response.end(bytes);
  });
  const port = await listen(server);
  return {
    picture: {
      url: `http://127.0.0.1:${port}/attachments/1/2/fox.jpg`,
      contentType: 'image/jpeg',
      sizeBytes: bytes.length,
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
