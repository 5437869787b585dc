from aws_cdk import App, CfnOutput, RemovalPolicy, Stack, aws_apigatewayv2 as apigatewayv2, aws_dynamodb as dynamodb
from cdk_lambdaless_websockets import DynamoDbPutItem, EventSocket, Value

app = App()
stack = Stack(app, "Consumer")
socket = EventSocket(stack, "Socket")

table = dynamodb.Table(
    stack, "Notes",
    partition_key=dynamodb.Attribute(name="pk", type=dynamodb.AttributeType.STRING),
    removal_policy=RemovalPolicy.DESTROY,
)
api = apigatewayv2.WebSocketApi(stack, "Api")
api.add_route(
    "save",
    integration=DynamoDbPutItem("Save", table=table, item={"pk": Value.connection_id(), "text": Value.body("$.text").as_string()}),
    return_response=True,
)
stage = apigatewayv2.WebSocketStage(stack, "Stage", web_socket_api=api, stage_name="live", auto_deploy=True)

CfnOutput(stack, "SocketUrl", value=socket.url)
CfnOutput(stack, "BusName", value=socket.event_bus.event_bus_name)
CfnOutput(stack, "ApiUrl", value=stage.url)
CfnOutput(stack, "TableName", value=table.table_name)
app.synth()
