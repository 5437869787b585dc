exports.connect = async () => ({ statusCode: 200 });
exports.echo = async event => ({ statusCode: 200, body: event.body });
