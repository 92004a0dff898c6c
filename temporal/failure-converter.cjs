// Loaded by path: with `require` in the client and the worker, by the bundler for the workflows. Neither reads
// TypeScript from under a test runner, so this one file is plain CommonJS.
const { DefaultFailureConverter } = require('@temporalio/common');

exports.failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true });
