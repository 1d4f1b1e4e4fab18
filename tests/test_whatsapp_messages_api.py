"""What Twilio keeps of a message by WhatsApp is deleted there."""

from bots.whatsapp.messages_api import MessagesApi
from tests.fakes.twilio_server import SID, TOKEN, TwilioServer, refusal


async def test_a_message_is_deleted_and_one_that_is_gone_is_done() -> None:
    with TwilioServer() as twilio:
        settings = {
            "WHATSAPP_TWILIO_SID": SID,
            "WHATSAPP_TWILIO_TOKEN": TOKEN,
            "WHATSAPP_TWILIO_API_URL": twilio.url,
        }
        api = MessagesApi(settings)
        assert await api.delete("SM1")
        assert twilio.deleted == ["SM1"]
        twilio.delete_answers.extend([refusal(20404), refusal(20009)])
        assert await api.delete("SM2"), "gone already"
        assert not await api.delete("SM3"), "not finished there: later"
        twilio.stop()
        assert not await api.delete("SM4")
