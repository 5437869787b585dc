package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsapigatewayv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsdynamodb"
	"github.com/aws/jsii-runtime-go"
	websockets "github.com/cdk-lambdaless-websockets/cdk-lambdaless-websockets-go/lambdalesswebsockets"
)

func main() {
	defer jsii.Close()
	app := awscdk.NewApp(nil)
	stack := awscdk.NewStack(app, jsii.String("Consumer"), nil)
	socket := websockets.NewEventSocket(stack, jsii.String("Socket"), nil)

	table := awsdynamodb.NewTable(stack, jsii.String("Notes"), &awsdynamodb.TableProps{
		PartitionKey:  &awsdynamodb.Attribute{Name: jsii.String("pk"), Type: awsdynamodb.AttributeType_STRING},
		RemovalPolicy: awscdk.RemovalPolicy_DESTROY,
	})
	api := awsapigatewayv2.NewWebSocketApi(stack, jsii.String("Api"), nil)
	api.AddRoute(jsii.String("save"), &awsapigatewayv2.WebSocketRouteOptions{
		Integration: websockets.NewDynamoDbPutItem(jsii.String("Save"), &websockets.DynamoDbPutItemProps{
			Table: table,
			Item: &map[string]websockets.Value{
				"pk":   websockets.Value_ConnectionId(),
				"text": websockets.Value_Body(jsii.String("$.text")).AsString(),
			},
		}),
		ReturnResponse: jsii.Bool(true),
	})
	stage := awsapigatewayv2.NewWebSocketStage(stack, jsii.String("Stage"), &awsapigatewayv2.WebSocketStageProps{
		WebSocketApi: api, StageName: jsii.String("live"), AutoDeploy: jsii.Bool(true),
	})

	awscdk.NewCfnOutput(stack, jsii.String("SocketUrl"), &awscdk.CfnOutputProps{Value: socket.Url()})
	awscdk.NewCfnOutput(stack, jsii.String("BusName"), &awscdk.CfnOutputProps{Value: socket.EventBus().EventBusName()})
	awscdk.NewCfnOutput(stack, jsii.String("ApiUrl"), &awscdk.CfnOutputProps{Value: stage.Url()})
	awscdk.NewCfnOutput(stack, jsii.String("TableName"), &awscdk.CfnOutputProps{Value: table.TableName()})
	app.Synth(nil)
}
