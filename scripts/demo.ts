import { runDemo } from './demo/run-demo.ts';

process.exit(await runDemo(process.env));
