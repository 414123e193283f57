import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/**
 * Where the BFF listens by default; it serves everything that is not a page. Start it with
 * `PUBLIC_URL=http://localhost:5173`: logins come back to that origin, and it refuses calls from others.
 */
const BFF = 'http://localhost:3000';

export default defineConfig({
  plugins: [react()],
  server: {
    port: 5173,
    strictPort: true,
    proxy: Object.fromEntries(['/auth', '/oauth', '/api'].map((path) => [path, { target: BFF }])),
  },
  build: {
    sourcemap: false,
    target: 'baseline-widely-available',
    // `img-src` knows data:, `font-src` does not; and a file can be cached.
    assetsInlineLimit: 0,
    // Every browser of that target preloads modules by itself.
    modulePreload: { polyfill: false },
  },
});
