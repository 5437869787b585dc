# The same echo, as functions that Architect's sandbox starts a process for.
@app
bench

@aws
runtime nodejs20.x

@http
get /

@ws
echo
